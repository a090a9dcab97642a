"""Names of origins (a stand-in until the table of origins is read)."""

NAMES = {"kotra": "KOTRA", "gacc": "Chinese customs", "cow": "Correlates of War", "unctad": "UNCTAD", "jetro": "JETRO",
         "imf": "IMF", "itc": "International Trade Centre", "oec": "Observatory of Economic Complexity", "kita": "KITA",
         "kotra+mou": "KOTRA and Ministry of Unification", "cia": "CIA World Factbook",
         "rok-mofa": "South Korea's foreign ministry", "crs": "Congressional Research Service", "cnn": "CNNMoney",
         "nyt": "New York Times", "ifes": "IFES"}


def short_name(id):
    return NAMES.get(id, id)
