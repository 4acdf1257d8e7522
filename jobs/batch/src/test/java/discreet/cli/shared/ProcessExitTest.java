package discreet.cli.shared;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Ends small processes in every way and checks their codes and what they print. */
class ProcessExitTest {
    private static final int TERMINATED = 128 + 15;

    private static Process started(String way) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:disable",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                        "-Dslf4j.internal.verbosity=ERROR",
                        Ending.class.getName(),
                        way)
                .redirectErrorStream(true)
                .start();
    }

    private static void assertEnds(String way, int code, String... parts) throws IOException, InterruptedException {
        Process process = started(way);
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(printed).isEqualTo(code);
        assertThat(printed).doesNotContain("4711", "\tat ");
        assertThat(printed.lines().toList()).hasSize(parts.length == 0 ? 0 : 1);
        for (String part : parts) {
            assertThat(printed).contains(part);
        }
    }

    @Test
    void command_ends_withItsCode() throws IOException, InterruptedException {
        assertEnds("command", 3);
    }

    @Test
    void thread_runsOutOfMemory_endsTheProcessThatWaitsForIt() throws IOException, InterruptedException {
        assertEnds("memory", 1, "Java's memory is used up");
    }

    /** Loading a class fails in this way once its initialiser has run out of memory. */
    @Test
    void thread_cannotLoadAClass_endsTheProcessThatWaitsForIt() throws IOException, InterruptedException {
        assertEnds("linkage", 1, "NoClassDefFoundError");
    }

    @Test
    void thread_failsOtherwise_printsNothingOfIt() throws IOException, InterruptedException {
        assertEnds("failure", 2);
    }

    @Test
    void spark_endsTheProcess_isCode1() throws IOException, InterruptedException {
        assertEnds("foreign", 1, "Spark ended the program", "discreet ledger show");
    }

    @Test
    void spark_endsTheProcessAndTheCommandNotices_isTheCodeOfTheCommand() throws IOException, InterruptedException {
        assertEnds("noticed", 3);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void signal_any_keepsTheCodeOfTheSystem() throws IOException, InterruptedException {
        Process process = started("wait");
        try (BufferedReader out = process.inputReader(UTF_8)) {
            assertThat(out.readLine()).isEqualTo("waiting");
            process.toHandle().destroy();
            assertThat(process.waitFor()).isEqualTo(TERMINATED);
            assertThat(out.readLine()).isNull();
        } finally {
            process.destroyForcibly();
        }
    }

    static final class Ending {
        private static final int FOREIGN = 52;

        private Ending() {}

        public static void main(String[] arguments) throws InterruptedException {
            ProcessExit exit = ProcessExit.guard(new PrintWriter(System.err, true, UTF_8));
            ProcessExit.guardSpark();
            CountDownLatch never = new CountDownLatch(1);
            switch (arguments[0]) {
                case "command" -> exit.with(3);
                case "memory" -> {
                    start(() -> {
                        throw new OutOfMemoryError("user 4711");
                    });
                    never.await();
                }
                case "linkage" -> {
                    start(() -> {
                        throw new NoClassDefFoundError("user 4711");
                    });
                    never.await();
                }
                case "failure" -> {
                    start(() -> {
                                throw new IllegalStateException("user 4711");
                            })
                            .join();
                    exit.with(2);
                }
                case "foreign" -> System.exit(FOREIGN);
                case "noticed" -> {
                    CountDownLatch stopping = new CountDownLatch(1);
                    Runtime.getRuntime().addShutdownHook(new Thread(stopping::countDown));
                    start(() -> System.exit(FOREIGN));
                    stopping.await();
                    exit.with(3);
                }
                default -> {
                    System.out.println("waiting");
                    never.await();
                }
            }
        }

        private static Thread start(Runnable work) {
            Thread thread = new Thread(work, "worker");
            thread.start();
            return thread;
        }
    }
}
