package discreet.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextFileTest {
    private static final String WIDE = "x ".repeat(56);

    @Test
    void wideLines_code_mayHave120Columns() {
        assertThat(new TextFile("A.java", "x".repeat(120) + "\n" + "x".repeat(121) + "\n").wideLines())
                .containsExactly("A.java:2: 121 columns");
    }

    @Test
    void wideLines_comment_mayHave110ColumnsAnd120WithAUrl() {
        for (String start : new String[] {"// ", "    /** ", "     * ", "/// "}) {
            String more = "x".repeat(111 - start.length());
            assertThat(new TextFile("a.rs", start + more).wideLines()).containsExactly("a.rs:1: 111 columns");
            assertThat(new TextFile("a.rs", start + "http://" + more.substring(7)).wideLines())
                    .isEmpty();
        }
    }

    @Test
    void wideLines_markdown_tablesLinksAndCodeMayBeWider() {
        String text = "|" + WIDE + "\n    " + WIDE + "\n[a](" + "b".repeat(120) + ")\n```\n" + WIDE + "\n```\n" + WIDE;
        assertThat(new TextFile("a.md", text).wideLines()).containsExactly("a.md:7: 112 columns");
    }

    @Test
    void findInProse_phraseOverTwoLines_isFoundWithItsLine() {
        Pattern phrase = Pattern.compile("as\\s+it\\s+is");
        String java = "class A {\n    /** It stays as\n     * it is. */\n    String s = \"as it is\"; // as\n}\n";
        assertThat(new TextFile("A.java", java).findInProse(phrase)).containsExactly("A.java:2: as it is");
        String markdown = "as it is, `as it is`\n```\nas it is\n```\n";
        assertThat(new TextFile("a.md", markdown).findInProse(phrase)).containsExactly("a.md:1: as it is");
    }
}
