package discreet.text;

import discreet.StringConstants;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds phrases that CONTRIBUTING.md bans. */
public final class BannedPhrases {
    static final Pattern ANY =
            Pattern.compile("(?i)\\b(whoever|of\\s+whom|told\\s+by|as\\s+it\\s+is|nothing\\s+that)\\b");

    private BannedPhrases() {}

    /** Returns what is found in the string constants of the module that has this class. */
    public static List<String> inStrings(Class<?> module) {
        return StringConstants.besides(module).entrySet().stream()
                .flatMap(type -> type.getValue().stream()
                        .flatMap(text -> ANY.matcher(text).results())
                        .map(MatchResult::group)
                        .map(phrase -> type.getKey() + ": " + phrase))
                .toList();
    }
}
