package discreet.text;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Counts the sentences of a Javadoc, and the semicolons and colons in them. */
record Sentences(long number, long marks) {
    private static final Pattern END = Pattern.compile("(?<=[.!?])\\s+|\\n\\s*\\n");
    private static final Pattern WORD = Pattern.compile("[A-Za-z]{2}");
    private static final Pattern MARK = Pattern.compile("[;:](?=\\s|$)");

    /** Skips code, tags and URLs. A block tag, a paragraph and an item of a list each end a sentence. */
    static Sentences ofJavadoc(String javadoc) {
        String text = javadoc.replaceAll("^[/*]+|[/*]+$", "")
                .replaceAll("(?m)^\\s*\\* ?", "")
                .replaceAll("(?s)<pre>.*?</pre>", "")
                .replaceAll("\\{@code\\s+[^}]*}", "CODE")
                .replaceAll("\\{@\\w+\\s+[^}]*}", "REFERENCE")
                .replaceAll("https?://\\S+", "URL")
                .replaceAll("@(param|throws|see)\\s+\\S+|@return", ". ")
                .replaceAll("<li>|</?p>|</li>", ". ")
                .replaceAll("<[^>]+>", " ")
                .replaceAll("&\\w+;", "")
                .replaceAll("\\be\\.g\\.|i\\.e\\.|et al\\.|\\bvs\\.", "");
        List<String> sentences =
                END.splitAsStream(text).filter(one -> WORD.matcher(one).find()).toList();
        return new Sentences(
                sentences.size(),
                sentences.stream()
                        .mapToLong(one -> MARK.matcher(one).results().count())
                        .sum());
    }

    static Sentences sum(Stream<Sentences> all) {
        return all.reduce(new Sentences(0, 0), (a, b) -> new Sentences(a.number + b.number, a.marks + b.marks));
    }

    double marksASentence() {
        return number == 0 ? 0 : (double) marks / number;
    }
}
