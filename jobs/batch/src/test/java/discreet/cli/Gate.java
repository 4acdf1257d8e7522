package discreet.cli;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * Where every task of a cluster waits until the test lets it go: so a test knows which task is running, in which process, when
 * it kills that process. Tasks come through {@link Plugin}, which Spark runs before the first line of any task; what is tested
 * knows nothing of it.
 */
final class Gate implements AutoCloseable {
    private static final String PORT = "spark.discreet.test.gate";
    private static final int SECONDS = 120;

    private final ServerSocket server;
    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();

    private Gate(ServerSocket server) {
        this.server = server;
    }

    static Gate open() throws IOException {
        Gate gate = new Gate(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
        Thread thread = new Thread(gate::listen, "gate");
        thread.setDaemon(true);
        thread.start();
        return gate;
    }

    /** What a program needs so that its tasks come here. */
    Map<String, String> settings() {
        return Map.of("spark.plugins", Plugin.class.getName(), PORT, Integer.toString(server.getLocalPort()));
    }

    private void listen() {
        try {
            while (true) {
                hear(server.accept());
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void hear(Socket socket) {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            waiting.add(new Waiting(socket, in.readLong(), in.readUTF(), in.readInt(), in.readInt(), in.readInt()));
            if (server.isClosed()) {
                letGo(); // it came while the gate was closed
            }
        } catch (IOException e) {
            return; // the executor was killed before it had said what it is
        }
    }

    private void letGo() throws IOException {
        for (Waiting task = waiting.poll(); task != null; task = waiting.poll()) {
            task.go();
        }
    }

    /** The next task that waits; null if none comes for {@value #SECONDS} s. */
    @Nullable
    Waiting next() throws InterruptedException {
        return waiting.poll(SECONDS, TimeUnit.SECONDS);
    }

    /** Lets everything go, now and from now on. */
    @Override
    public void close() {
        try {
            server.close();
            letGo();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A task that has not begun.
     *
     * @param executor the process that it is in
     * @param group the job group that it belongs to; empty: none
     */
    record Waiting(Socket socket, long executor, String group, int stage, int partition, int attempt) {
        /** Whether this is the same work as another. */
        boolean doubles(Waiting other) {
            return stage == other.stage && partition == other.partition && executor != other.executor;
        }

        void go() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What runs in executors. */
    public static final class Plugin implements SparkPlugin {
        @Override
        public @Nullable DriverPlugin driverPlugin() {
            return null;
        }

        @Override
        public ExecutorPlugin executorPlugin() {
            return new Visitor();
        }
    }

    private static final class Visitor implements ExecutorPlugin {
        private int port;

        @Override
        public void init(PluginContext context, Map<String, String> extra) {
            port = context.conf().getInt(PORT, 0);
        }

        @Override
        public void onTaskStart() {
            TaskContext task = TaskContext.get();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeLong(ProcessHandle.current().pid());
                String group = task.getLocalProperty("spark.jobGroup.id");
                out.writeUTF(group == null ? "" : group);
                out.writeInt(task.stageId());
                out.writeInt(task.partitionId());
                out.writeInt(task.attemptNumber());
                out.flush();
                socket.getInputStream().read();
            } catch (IOException e) {
                return; // the gate is open
            }
        }
    }
}
