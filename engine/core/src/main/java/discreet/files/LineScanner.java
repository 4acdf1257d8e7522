package discreet.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * Reads the lines of a stream of bytes. A line ends at LF, and a CR before the LF is not part of the line. A
 * line longer than {@link #MAX_LINE_BYTES} bytes is skipped without being stored, so that no line takes more
 * memory.
 */
public final class LineScanner implements Closeable {
    /** Length in bytes of the longest line that is read. */
    public static final int MAX_LINE_BYTES = 1 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int bufferEnd;
    private byte[] line = new byte[256];
    private int length;
    private boolean tooLong;
    /** Position in the file of the next byte to consume. */
    private long offset;

    /**
     * Reads from a stream.
     *
     * @param offset position in the file of the first byte of the stream
     */
    public LineScanner(InputStream in, long offset) {
        this.in = in;
        this.offset = offset;
    }

    /** Returns the offset in the file at which the next line begins. */
    public long offset() {
        return offset;
    }

    /**
     * Advances to the next line. Skipping a line that is too long may stop at {@code limit}.
     *
     * @return false at the end of the stream
     */
    public boolean next(long limit) throws IOException {
        length = 0;
        tooLong = false;
        boolean any = false;
        while (fill()) {
            any = true;
            int end = position;
            while (end < bufferEnd && buffer[end] != '\n') {
                end++;
            }
            append(end);
            offset += end - position;
            position = end;
            if (end < bufferEnd) {
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

    /** Skips to the start of the next line, or to {@code limit} if it comes first. */
    public void skipLine(long limit) throws IOException {
        while (offset < limit && fill()) {
            byte read = buffer[position++];
            offset++;
            if (read == '\n') {
                return;
            }
        }
    }

    /** Returns whether the current line is too long to be stored. */
    public boolean tooLong() {
        return tooLong;
    }

    /** Returns the current line. Bytes that are not UTF-8 become U+FFFD. */
    public String line() {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, end, UTF_8);
    }

    /** Returns whether the current line is valid UTF-8. */
    public boolean isUtf8() {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private void append(int end) {
        int more = end - position;
        if (tooLong || length + more > MAX_LINE_BYTES) {
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
        if (position == bufferEnd) {
            position = 0;
            bufferEnd = Math.max(in.read(buffer), 0);
        }
        return position < bufferEnd;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
