// The words that two-word ids are drawn from. Changing them changes the ids that a seed gives.
#pragma once

#include <array>
#include <string_view>

namespace mockduit {

inline constexpr auto kFirstWords = std::to_array<std::string_view>(
    {"able",      "absorb",  "accept",   "adapt",     "admire",   "adopt",   "advance",  "agile",
     "align",     "amber",   "ample",    "amuse",     "anchor",   "answer",  "arrive",   "ascend",
     "assemble",  "attend",  "awaken",   "balance",   "bark",     "begin",   "behave",   "bend",
     "bestow",    "bind",    "bless",    "blink",     "bloom",    "blossom", "blunt",    "boast",
     "bold",      "borrow",  "bounce",   "brave",     "breathe",  "brief",   "brisk",    "broaden",
     "browse",    "build",   "bundle",   "burnish",   "buzz",     "calm",    "canny",    "carry",
     "carve",     "catch",   "cautious", "celebrate", "cheerful", "chime",   "choose",   "civic",
     "clarify",   "clean",   "clever",   "climb",     "collect",  "combine", "comfort",  "common",
     "compact",   "compare", "compose",  "connect",   "convey",   "cool",    "copious",  "cosmic",
     "count",     "crafty",  "create",   "crisp",     "curious",  "curl",    "cushion",  "dainty",
     "dance",     "dapper",  "daring",   "dash",      "dawdle",   "dazzle",  "decide",   "deep",
     "deft",      "deliver", "dense",    "depict",    "descend",  "deserve", "design",   "devise",
     "dexterous", "dig",     "diligent", "discover",  "distant",  "divide",  "doodle",   "double",
     "drift",     "drowsy",  "dusty",    "dwell",     "eager",    "earnest", "ease",     "eat",
     "echo",      "edify",   "elastic",  "elegant",   "elevate",  "embark",  "embrace",  "emerge",
     "enchant",   "endure",  "engage",   "enjoy",     "enlist",   "enrich",  "entire",   "equip",
     "escort",    "evolve",  "exact",    "examine",   "expand",   "explore", "express",  "fabled",
     "faithful",  "fancy",   "fasten",   "favor",     "feast",    "fetch",   "fill",     "fine",
     "finish",    "firm",    "flat",     "fleet",     "flexible", "float",   "flourish", "fluent",
     "focus",     "fold",    "follow",   "forage",    "forest",   "formal",  "fragrant", "frank",
     "fresh",     "frosty",  "frugal",   "gather",    "gentle",   "gifted",  "give",     "glad",
     "glance",    "gleam",   "glide",    "glossy",    "glow",     "golden",  "graceful", "grand",
     "grateful",  "greet",   "grin",     "grow",      "guard",    "guide",   "handy",    "happen",
     "harvest",   "hasty",   "hearty",   "help",      "hidden",   "hollow",  "honest",   "hopeful",
     "humble",    "hurry",   "idle",     "imagine",   "improve",  "include", "inform",   "inspire",
     "intact",    "invent",  "invite",   "jolly",     "journey",  "joyful",  "jump",     "keen",
     "keep",      "kind",    "kindle",   "knit",      "lasting",  "launch",  "lavish",   "lead",
     "leafy",     "lean",    "leap",     "learn",     "lend",     "level",   "light",    "linger",
     "listen",    "lively",  "lofty",    "loyal",     "lucid",    "lush",    "magnify",  "major",
     "marvel",    "mellow",  "mend",     "merge",     "mild",     "mindful", "mingle",   "modest"});

inline constexpr auto kSecondWords = std::to_array<std::string_view>(
    {"abacus",   "acorn",   "acre",    "airway",   "album",     "alcove",   "almanac",  "alpaca",
     "amulet",   "anthem",  "apple",   "apron",    "arcade",    "archer",   "arena",    "armor",
     "arrow",    "artist",  "ascent",  "aspen",    "atlas",     "atom",     "attic",    "aurora",
     "autumn",   "avenue",  "badge",   "bagel",    "bakery",    "ballad",   "bamboo",   "banjo",
     "banner",   "barley",  "barn",    "basil",    "basin",     "basket",   "bassoon",  "bayou",
     "beacon",   "beaver",  "bedrock", "beetle",   "belfry",    "bell",     "bench",    "berry",
     "birch",    "biscuit", "bison",   "blanket",  "blossom",   "boat",     "bonfire",  "bonnet",
     "border",   "bottle",  "boulder", "bouquet",  "bramble",   "branch",   "bread",    "breeze",
     "brick",    "bridge",  "brook",   "broom",    "bucket",    "buffalo",  "bugle",    "burrow",
     "bushel",   "butter",  "button",  "cabin",    "cactus",    "camel",    "canal",    "candle",
     "canopy",   "canvas",  "canyon",  "caravan",  "cardinal",  "cargo",    "carnival", "carpet",
     "castle",   "cavern",  "cedar",   "cellar",   "cello",     "chalk",    "chapel",   "cherry",
     "chestnut", "chimney", "cinder",  "circle",   "citrus",    "clarinet", "cliff",    "clock",
     "clover",   "coast",   "cobalt",  "comet",    "compass",   "copper",   "coral",    "corner",
     "cottage",  "cotton",  "cove",    "cradle",   "crane",     "crater",   "creek",    "crest",
     "cricket",  "crocus",  "crystal", "cupboard", "current",   "curtain",  "cypress",  "daisy",
     "damsel",   "dawn",    "delta",   "desert",   "dewdrop",   "diamond",  "dolphin",  "domain",
     "donkey",   "dragon",  "drum",    "dune",     "eagle",     "earth",    "easel",    "eclipse",
     "elbow",    "elm",     "ember",   "emerald",  "engine",    "estuary",  "evening",  "falcon",
     "feather",  "fern",    "ferry",   "fiddle",   "field",     "finch",    "fjord",    "flame",
     "flint",    "flute",   "forge",   "fossil",   "fountain",  "foxglove", "freight",  "frost",
     "galaxy",   "gallery", "garden",  "garland",  "garnet",    "gazebo",   "geyser",   "ginger",
     "glacier",  "glade",   "glove",   "goblet",   "gorge",     "granite",  "grape",    "grove",
     "guitar",   "hammock", "hamlet",  "harbor",   "harvester", "hawthorn", "hazel",    "heather",
     "hedge",    "heron",   "hickory", "hill",     "hinge",     "hollow",   "honey",    "horizon",
     "hornet",   "island",  "ivory",   "jacket",   "jasmine",   "jetty",    "juniper",  "kayak",
     "kernel",   "kettle",  "kitchen", "kite",     "ladder",    "lagoon",   "lantern",  "larch",
     "lark",     "lattice", "laurel",  "lava",     "ledge",     "lemon",    "lilac",    "linen",
     "lizard",   "locket",  "loom",    "lotus",    "lyric",     "magnet",   "maple",    "marble"});

}  // namespace mockduit
