#!/bin/sh
# drills.csv and states.csv, into the folder where it is called.
set -eu
# A record that can be fitted: the third of the candidates joins, now and then.
awk 'BEGIN { print "drill_id,series,start_date,end_date,lat_deg,lon_deg,domains,hosts,state,outcome" >"drills.csv"
    print "state,year,trade" >"states.csv"
    for (i = 0; i < 4; i++) print "S" i ",2015," i % 3 + i / 7 >"states.csv"
    for (k = 0; k < 20; k++) for (i = 1; i < 4; i++)
        print "d" k ",s" k ",2015-0" 1 + k % 9 "-01,,,,naval,S0,S" i "," (i == 2 || (i + k) % 5 == 0 ? k % 4 != 1 : k % 4 == 1) >"drills.csv" }'
