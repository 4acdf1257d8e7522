package discreet.ledger;

import discreet.RunException;
import discreet.ledger.Store.NewFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Marks in a store how far its ledger has come, by a file named after a row of the chain. A ledger that lacks
 * the row was set back, or is a copy or another one ({@link StoreCheck}).
 *
 * <p>The mark of the first row is written when a population is opened and stays for good. It says whose store
 * this is, because that row has an id of its own. After each transaction that appends rows, the store is
 * marked with the last of them before anything else is done. So no noise is drawn before the store knows of
 * the DRAW row. A program that is killed between the two leaves a ledger that is ahead of its store, which is
 * no harm. A store is ahead of its ledger only if the ledger was set back.
 *
 * <p>Each mark is a new file, so two programs never write to one file. The one before it stays until the next
 * mark is there, and older ones are removed. Listing a folder takes time, and a file that replaces another
 * one meanwhile may be missed with it. So a listing misses the marks of another ledger only if that ledger
 * changes twice while the folder is read.
 *
 * @param seq the number of a row
 * @param hash its hash, which stands for all rows up to it
 */
record StoreMark(long seq, String hash) {
    private static final Pattern NAME = Pattern.compile("head\\.([0-9]{1,18})\\.([0-9a-f]{64})");

    /** Returns the marks among the files of a store. */
    static Stream<StoreMark> among(List<String> files) {
        return files.stream()
                .map(NAME::matcher)
                .filter(Matcher::matches)
                .map(name -> new StoreMark(Long.parseLong(name.group(1)), name.group(2)));
    }

    /** Returns the name of the file. No release has a file of this form, because its names end in a word. */
    String file() {
        return "head." + seq + "." + hash;
    }

    /**
     * Writes the mark, synced to disk.
     *
     * @throws RunException if the store cannot be written to
     */
    void writeTo(Store store) {
        try (NewFile file = store.create(file())) {
            file.write(ByteBuffer.wrap((hash + "\n").getBytes(StandardCharsets.UTF_8)));
            file.finish();
        }
    }

    /**
     * Removes the mark of an opening that was killed before its rows were committed, so that the population
     * can be opened again. Such a store holds the mark of a first row and nothing else, and no population of
     * the ledger has it. Only the default store is cleared, whose name is this ledger's.
     */
    static void clearInterrupted(Store store) {
        List<String> files;
        try {
            files = store.files();
        } catch (RunException e) {
            return; // there is no folder yet
        }
        if (files.size() == 1) {
            among(files).filter(mark -> mark.seq == 1).forEach(mark -> store.delete(mark.file()));
        }
    }

    /**
     * Removes the marks of earlier rows, except that of the first row and the latest of the others. If a file
     * cannot be removed it stays, and does no harm.
     *
     * @param listed files that the store had before this mark was checked and written. A mark that came later
     *     may be another ledger's, and must stay to be found
     */
    void removeOlder(Store store, List<String> listed) {
        among(listed)
                .filter(mark -> mark.seq > 1 && mark.seq < seq)
                .sorted(Comparator.comparing(StoreMark::seq).reversed())
                .skip(1)
                .forEach(mark -> mark.removeFrom(store));
    }

    private void removeFrom(Store store) {
        try {
            store.delete(file());
        } catch (RunException e) {
            return; // a later mark removes it
        }
    }
}
