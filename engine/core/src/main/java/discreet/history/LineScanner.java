package discreet.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a stream of bytes. A line ends at LF; a CR before it is not part of it. A line longer than
 * {@link #LONGEST_LINE} bytes is read past without being kept, so that no line costs more memory than that.
 */
public final class LineScanner implements Closeable {
    public static final int LONGEST_LINE = 1 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int filled;
    private byte[] line = new byte[256];
    private int length;
    private boolean tooLong;
    /** Bytes of the stream that have been read past. */
    private long offset;

    public LineScanner(InputStream in, long offset) {
        this.in = in;
        this.offset = offset;
    }

    /** Where in the file the next line begins. */
    public long offset() {
        return offset;
    }

    /** Moves to the next line; false at the end of the stream. Reading past a line that is too long may stop at {@code limit}. */
    public boolean next(long limit) throws IOException {
        length = 0;
        tooLong = false;
        boolean any = false;
        while (fill()) {
            any = true;
            int end = position;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            keep(end);
            offset += end - position;
            position = end;
            if (end < filled) {
                position++;
                offset++;
                return true;
            }
            if (tooLong && offset >= limit) {
                return true;
            }
        }
        return any;
    }

    /** Reads past the next LF, or up to {@code limit} where there is none before. */
    public void skipLine(long limit) throws IOException {
        while (offset < limit && fill()) {
            byte read = buffer[position++];
            offset++;
            if (read == '\n') {
                return;
            }
        }
    }

    /** Whether the current line is longer than any line that is kept. */
    public boolean tooLong() {
        return tooLong;
    }

    /** The current line; bytes that are not UTF-8 become U+FFFD. */
    public String line() {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, end, UTF_8);
    }

    private void keep(int end) {
        int more = end - position;
        if (tooLong || length + more > LONGEST_LINE) {
            tooLong = true;
            return;
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(length + more, 2 * line.length));
        }
        System.arraycopy(buffer, position, line, length, more);
        length += more;
    }

    private boolean fill() throws IOException {
        if (position == filled) {
            position = 0;
            filled = Math.max(in.read(buffer), 0);
        }
        return position < filled;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
