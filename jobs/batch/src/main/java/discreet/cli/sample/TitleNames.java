package discreet.cli.sample;

import java.util.HashSet;
import java.util.Set;

/**
 * Invents titles by filling patterns from short word lists, with nouns by genre. Each pair of name and year
 * is used once.
 */
final class TitleNames {
    private static final int TRIES_FOR_A_NEW_NAME = 40;

    private static final String[] ADJECTIVES = {
        "Glass",
        "Hollow",
        "Copper",
        "Quiet",
        "Borrowed",
        "Paper",
        "Crooked",
        "Velvet",
        "Salted",
        "Painted",
        "Sleeping",
        "Unfinished",
        "Tin",
        "Amber",
        "Broken",
        "Distant",
        "Folded",
        "Frozen",
        "Gentle",
        "Hidden",
        "Idle",
        "Ivory",
        "Jagged",
        "Late",
        "Linen",
        "Lonely",
        "Lucky",
        "Marble",
        "Mended",
        "Midwinter",
        "Muddy",
        "Narrow",
        "Nameless",
        "Northern",
        "Ordinary",
        "Pale",
        "Patient",
        "Plain",
        "Polite",
        "Restless",
        "Rusted",
        "Scarlet",
        "Second",
        "Seventh",
        "Sharp",
        "Silent",
        "Slow",
        "Small",
        "Smoky",
        "Sour",
        "Spare",
        "Stolen",
        "Stubborn",
        "Sunken",
        "Tangled",
        "Tender",
        "Thirsty",
        "Threadbare",
        "Twice-Told",
        "Unlit",
        "Untidy",
        "Wandering",
        "Weathered",
        "Whispering",
        "Wooden",
        "Woollen",
        "Yellow"
    };
    private static final String[] PLACES = {
        "Aldermoor",
        "Bellavane",
        "Carrow Bay",
        "Castelmar",
        "Dunharrow Street",
        "Eastwick Lane",
        "Fennimore",
        "Gallowmere",
        "Harrowgate Road",
        "Inverdale",
        "Jasper Creek",
        "Kestrel Point",
        "Lindenau",
        "Marrowstone",
        "Nettlefield",
        "Oldcastle Row",
        "Port Sorrow",
        "Quillhaven",
        "Ravensby",
        "San Teodoro",
        "Tamarack",
        "Umberfall",
        "Valdoria",
        "Westerhus",
        "Yarrowdale",
        "Zellerthal",
        "the Ninth Ward",
        "the Salt Coast",
        "the Upper Floor",
        "the Far Shore",
        "the Old Quarter",
        "the Low Country"
    };
    private static final String[] PEOPLE = {
        "Abelard",
        "Agnes Moor",
        "Basil Thorne",
        "Cosima",
        "Dr. Fennick",
        "Edith Lark",
        "Father Anselm",
        "Greta Holm",
        "Hector Pym",
        "Ines Calder",
        "Jonas Wren",
        "Kitty Vale",
        "Leopold",
        "Mabel Stroud",
        "Mr. Tolliver",
        "Nadia Frost",
        "Oskar Bell",
        "Petra",
        "Quentin Ash",
        "Rosalind",
        "Silas Gray",
        "Theodora",
        "Ulric Stone",
        "Viola Marsh",
        "Walter Nye",
        "Yolanda"
    };
    /** Nouns for each genre, in the order of {@link Genre}. */
    private static final String[][] NOUNS = {
        {
            "Strike",
            "Convoy",
            "Getaway",
            "Hammer",
            "Bounty",
            "Checkpoint",
            "Detonator",
            "Lockdown",
            "Vanguard",
            "Backfire"
        },
        {"Compass", "Expedition", "Lagoon", "Summit", "Caravan", "Voyage", "Island", "Map", "Rapids", "Outpost"},
        {"Kite", "Lantern", "Clockmaker", "Teapot", "Firefly", "Toymaker", "Cloud Factory", "Snail", "Balloon", "Puddle"
        },
        {
            "Puppy",
            "Treehouse",
            "Umbrella",
            "Playground",
            "Hedgehog",
            "Sandcastle",
            "Pony",
            "Pirate School",
            "Pumpkin",
            "Nursery"
        },
        {
            "Neighbour",
            "Wedding Cake",
            "Landlord",
            "Holiday",
            "Understudy",
            "Sofa",
            "Cousin",
            "Karaoke Night",
            "Dentist",
            "Moustache"
        },
        {"Ledger", "Alibi", "Getaway Car", "Bookmaker", "Informant", "Heist", "Safe", "Precinct", "Forger", "Witness"},
        {
            "Archive",
            "Glacier",
            "Harvest",
            "Orchestra",
            "Factory",
            "River",
            "Honeybees",
            "Election",
            "Kitchen",
            "Observatory"
        },
        {"Harbour", "Inheritance", "Orchard", "Winter", "Promise", "Daughter", "House", "Letter", "Verdict", "Silence"},
        {
            "Dragon",
            "Enchanter",
            "Crown",
            "Labyrinth",
            "Grimoire",
            "Griffin",
            "Throne",
            "Wishing Well",
            "Changeling",
            "Sceptre"
        },
        {
            "Cigarette",
            "Alley",
            "Nightclub",
            "Rain",
            "Stairwell",
            "Stranger",
            "Trench Coat",
            "Last Train",
            "Shadow",
            "Payphone"
        },
        {"Cellar", "Scarecrow", "Asylum", "Mask", "Attic", "Grave", "Carnival", "Doll", "Well", "Parish"},
        {"Chorus", "Ballroom", "Melody", "Tap Shoes", "Overture", "Bandstand", "Serenade", "Matinee", "Duet", "Encore"},
        {"Riddle", "Manor", "Cipher", "Portrait", "Vanishing", "Keyhole", "Locket", "Study", "Footprint", "Sealed Room"
        },
        {"Kiss", "Garden", "Summer", "Waltz", "Postcard", "Sweetheart", "Bouquet", "Balcony", "Weekend", "Confession"},
        {"Orbit", "Signal", "Android", "Colony", "Nebula", "Airlock", "Paradox", "Starship", "Satellite", "Machine"},
        {
            "Hostage",
            "Wiretap",
            "Deadline",
            "Passenger",
            "Pursuit",
            "Double",
            "Countdown",
            "Blackout",
            "Trap",
            "Accomplice"
        },
        {"Regiment", "Trenches", "Armistice", "Bugle", "Bridge", "Battalion", "Dispatch", "Barracks", "Siege", "Medic"},
        {"Saddle", "Canyon", "Sheriff", "Prairie", "Stagecoach", "Outlaw", "Ranch", "Revolver", "Dry Gulch", "Coyote"}
    };

    private final Set<String> names = new HashSet<>();
    private final Set<String> labels = new HashSet<>();

    /**
     * Returns a name for a title of the given main genre. It is a new name while the word lists last, and
     * otherwise at least new in its year.
     */
    String invent(Genre genre, int year, Draws draws) {
        for (int attempt = 0; ; attempt++) {
            String name = pattern(NOUNS[genre.ordinal()], draws);
            if (attempt > 2 * TRIES_FOR_A_NEW_NAME) {
                name += ", Part " + (attempt - 2 * TRIES_FOR_A_NEW_NAME + 1);
            }
            if ((attempt > TRIES_FOR_A_NEW_NAME || !names.contains(name)) && claim(name, year)) {
                return name;
            }
        }
    }

    /** Returns the name of a sequel to {@code first}, where {@code part} counts from 1. */
    String continuation(String first, int part, int year) {
        for (int number = part; ; number++) {
            String name = first + " " + number;
            if (claim(name, year)) {
                return name;
            }
        }
    }

    private boolean claim(String name, int year) {
        if (!labels.add(name + " (" + year + ")")) {
            return false;
        }
        names.add(name);
        return true;
    }

    private static String pattern(String[] nouns, Draws draws) {
        String noun = draws.oneOf(nouns);
        return switch (draws.below(8)) {
            case 0, 1, 2 -> "The " + draws.oneOf(ADJECTIVES) + " " + noun;
            case 3 -> draws.oneOf(ADJECTIVES) + " " + noun;
            case 4 -> "The " + noun + " of " + draws.oneOf(PLACES);
            case 5 -> draws.oneOf(PEOPLE) + " and the " + draws.oneOf(ADJECTIVES) + " " + noun;
            case 6 -> noun + " in " + draws.oneOf(PLACES);
            default -> "The " + noun + " and the " + another(noun, nouns, draws);
        };
    }

    private static String another(String noun, String[] nouns, Draws draws) {
        String other = noun;
        while (other.equals(noun)) {
            other = draws.oneOf(nouns);
        }
        return other;
    }
}
