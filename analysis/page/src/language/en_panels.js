// Texts of the panels, English: keys begin with the id of the panel.
export const panelTexts = {};
