package discreet.spark.lists;

import static java.nio.charset.StandardCharsets.UTF_8;

import discreet.catalogue.Catalogue;
import discreet.files.CsvField;
import discreet.model.Recommendation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes a part as CSV lines without a header. */
final class CsvSink implements ListFormat.Sink {
    static final String HEADER = "user,item,rank,score,source\n";

    private final Writer out;
    private final Catalogue catalogue;
    private final UnaryOperator<String> ids;

    /** @param ids the form in which ids are written */
    CsvSink(Path file, Configuration hadoop, Catalogue catalogue, UnaryOperator<String> ids) throws IOException {
        this.out = new BufferedWriter(
                new OutputStreamWriter(file.getFileSystem(hadoop).create(file), UTF_8));
        this.catalogue = catalogue;
        this.ids = ids;
    }

    @Override
    public void write(UserList list) throws IOException {
        String user = CsvField.of(ids.apply(list.user()));
        for (int at = 0; at < list.recommendations().size(); at++) {
            Recommendation recommendation = list.recommendations().get(at);
            out.append(user)
                    .append(',')
                    .append(CsvField.of(ids.apply(catalogue.id(recommendation.item()))))
                    .append(',')
                    .append(Integer.toString(at + 1))
                    .append(',')
                    .append(Double.toString(recommendation.score()))
                    .append(',')
                    .append(recommendation.source().label())
                    .append('\n');
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
