// Place names, English. What a set does not name stays as the document has it.
// neutral: where two names are in use both stand, the one that more English charts have first; no name is preferred
// by that, and each can be chosen alone. A reader in class sees that there is a question.
export const neutral = {
  // Used by Japan and in UN documents: Sea of Japan; by the Republic of Korea: East Sea; in the DPRK: East Sea of Korea.
  "sea-of-japan": "Sea of Japan (East Sea)",
  // English charts: Korea Strait for both channels; Japan: Tsushima Strait, of the eastern channel above all.
  "korea-strait": "Korea (Tsushima) Strait",
  "korea-strait-west": "Korea (Tsushima) Strait, west channel",
  "korea-strait-east": "Korea (Tsushima) Strait, east channel",
  // Russia and many charts: La Pérouse; Japan: Soya.
  soya: "La Pérouse (Soya) Strait",
  // Russia: Nevelskoi; Japan: Mamiya.
  tatar: "Nevelskoi (Mamiya) Strait",
  // Japan: Nemuro; Russia: Kunashir.
  nemuro: "Nemuro (Kunashir) Strait",
  // Most English maps use the name of 1849; Korea: Dokdo, Japan: Takeshima.
  liancourt: "Liancourt Rocks (Dokdo/Takeshima)",
  // Russia: southern Kurils; Japan: Northern Territories.
  "southern-kurils": "southern Kurils (Northern Territories)",
};

// iho: seas as headed in “Limits of Oceans and Seas”, IHO Special Publication 23, 3rd edition, 1953, which is in
// force and names no strait or island by itself (straits as its limits mention them); states by their names in the
// United Nations. Where neither has a name it stays as in the document.
export const iho = {
  "sea-of-japan": "Japan Sea", // S-23, 52; since 2020 the IHO's digital successor gives numbers, no names
  "yellow-sea": "Yellow Sea (Hwang Hai)", // 51
  "east-china-sea": "Eastern China Sea (Tung Hai)", // 50
  "south-china-sea": "South China Sea (Nan Hai)", // 49
  okhotsk: "Sea of Okhotsk", // 54
  "bering-sea": "Bering Sea", // 55
  "philippine-sea": "Philippine Sea", // 56
  "gulf-of-oman": "Gulf of Oman", // 40
  tsugaru: "Tsugaru Kaikyô", // limits of the Japan Sea
  soya: "La Pérouse Strait (Sôya Kaikyô)", // likewise
  prk: "Democratic People’s Republic of Korea",
  kor: "Republic of Korea",
  rus: "Russian Federation",
  usa: "United States of America",
  irn: "Islamic Republic of Iran",
  tur: "Türkiye", // since 2022
  syr: "Syrian Arab Republic",
};
