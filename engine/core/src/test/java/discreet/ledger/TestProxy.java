package discreet.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Simulates a network between a driver and its PostgreSQL server that fails in the middle of a commit. */
final class TestProxy implements AutoCloseable {

    enum Cut {
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    private static final byte[] COMMIT = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listening;
    private final int server;
    private final Cut cut;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger commitsLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final Thread accepting;

    TestProxy(int server, Cut cut) throws IOException {
        this.listening = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        this.server = server;
        this.cut = cut;
        this.accepting = start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Fails in the commit after that many, and never again. */
    void cutAfter(int commits) {
        commitsLeft.set(commits);
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket upstream = new Socket("localhost", server);
                open.addAll(List.of(client, upstream));
                AtomicBoolean muted = new AtomicBoolean();
                start(() -> answers(upstream, client, muted));
                start(() -> statements(client, upstream, muted));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void statements(Socket client, Socket upstream, AtomicBoolean muted) {
        try (client;
                upstream) {
            InputStream in = client.getInputStream();
            OutputStream out = upstream.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (contains(buffer, read) && commitsLeft.getAndDecrement() == 0) {
                    if (cut == Cut.BEFORE_COMMIT) {
                        return;
                    }
                    muted.set(true);
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            return; // the other side is gone, and so is this one
        }
    }

    /**
     * Passes on the server's answers. The server answers once it has committed, so a muted connection ends
     * before the client learns of the commit.
     */
    private static void answers(Socket upstream, Socket client, AtomicBoolean muted) {
        try (client;
                upstream) {
            InputStream in = upstream.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0 && !muted.get(); read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            return;
        }
    }

    private static boolean contains(byte[] buffer, int length) {
        for (int i = 0; i + COMMIT.length <= length; i++) {
            int same = 0;
            while (same < COMMIT.length && buffer[i + same] == COMMIT[same]) {
                same++;
            }
            if (same == COMMIT.length) {
                return true;
            }
        }
        return false;
    }

    /**
     * Closes all connections. Returns when no new one can be made: a thread that is in {@code accept} while
     * the socket is closed may still be handed the next connection.
     */
    @Override
    public void close() throws IOException {
        listening.close();
        try {
            accepting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : open) {
            socket.close();
        }
    }
}
