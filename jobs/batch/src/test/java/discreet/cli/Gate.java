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
 * Holds every task of a cluster until the test releases it. A test therefore knows which task is running in
 * which process when it kills that process. Tasks reach the gate through {@link Plugin}, which Spark calls
 * before the first line of each task. The code under test is unaware of it.
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

    /** Returns the settings that send a program's tasks here. */
    Map<String, String> settings() {
        return Map.of("spark.plugins", Plugin.class.getName(), PORT, Integer.toString(server.getLocalPort()));
    }

    private void listen() {
        try {
            while (true) {
                receive(server.accept());
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void receive(Socket socket) {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            waiting.add(new Waiting(socket, in.readLong(), in.readUTF(), in.readInt(), in.readInt(), in.readInt()));
            if (server.isClosed()) {
                letGo(); // it arrived while the gate was closing
            }
        } catch (IOException e) {
            return; // the executor was killed before it had identified its task
        }
    }

    private void letGo() throws IOException {
        for (Waiting task = waiting.poll(); task != null; task = waiting.poll()) {
            task.go();
        }
    }

    /** Returns the next waiting task, or null if none arrives within {@value #SECONDS} s. */
    @Nullable
    Waiting next() throws InterruptedException {
        return waiting.poll(SECONDS, TimeUnit.SECONDS);
    }

    /** Releases every task, now and from now on. */
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
     * A task that waits to begin.
     *
     * @param executor id of the process that runs it
     * @param group its job group, or empty
     */
    record Waiting(Socket socket, long executor, String group, int stage, int partition, int attempt) {
        /** Returns whether this task is a copy of another on a different executor. */
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

    /** Connects the tasks of an executor to the gate. */
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
