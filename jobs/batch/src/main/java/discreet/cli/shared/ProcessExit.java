package discreet.cli.shared;

import discreet.RunException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.util.ShutdownHookManager;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the exit code of a process within the contract of the command line, whatever ends it, and keeps other
 * output off stderr. Besides the command, two things may end a process:
 *
 * <ul>
 *   <li>A thread that nothing waits for dies of an {@link Error}, such as memory that is used up or a class
 *       that cannot be loaded. If it is one of Spark's, the command would wait forever. The process ends with
 *       code 1 instead. Exceptions of such threads are not printed, since their text may quote a row.
 *   <li>Spark ends the JVM with a code of its own (50 and above), for example if it cannot write to its
 *       folders. What Spark deletes in the end is deleted, and then the code becomes that of the command, or
 *       else 1.
 * </ul>
 *
 * <p>A signal ends a process with the system's code, which is 128 and the signal's number.
 */
public final class ProcessExit {
    private static final int FAILED = 1;
    private static final long PATIENCE_SECONDS = 20;

    /** Before and after Spark's own hook in the order of Hadoop's hooks. */
    private static final int BEFORE_SPARK = 100;

    private static final int AFTER_SPARK = 1;

    private static volatile @Nullable ProcessExit guarding;

    private final PrintWriter err;
    private final Thread command = Thread.currentThread();
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final AtomicBoolean guardsSpark = new AtomicBoolean();
    private volatile boolean isForeign;

    private ProcessExit(PrintWriter err) {
        this.err = err;
    }

    /**
     * Begins to guard this process, which runs one command.
     *
     * @param err receives the line that says why the process ends
     */
    public static ProcessExit guard(PrintWriter err) {
        ProcessExit exit = new ProcessExit(err);
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> exit.uncaught(error));
        guarding = exit;
        return exit;
    }

    /** Ends the process with the code of the command. */
    public void with(int exitCode) {
        code.complete(exitCode);
        System.exit(exitCode);
    }

    private void uncaught(Throwable error) {
        if (!(error instanceof Error)) {
            return;
        }
        try {
            if (code.complete(FAILED)) {
                CommandFailure.of(error).print(err);
            }
            haltSoon();
        } catch (VirtualMachineError again) {
            Runtime.getRuntime().halt(code.getNow(FAILED));
        }
        System.exit(code.getNow(FAILED));
    }

    /**
     * Ends the process even if what runs at its end waits for the thread that has died. A command that had
     * ended before keeps its code.
     */
    private void haltSoon() {
        Thread thread = new Thread(
                () -> {
                    try {
                        TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(code.getNow(FAILED));
                },
                "discreet-halt");
        thread.setDaemon(true);
        thread.start();
    }

    /** Guards against Spark's own codes, in a process that is guarded at all. Called before Spark starts. */
    static void guardSpark() {
        ProcessExit exit = guarding;
        if (exit != null && exit.guardsSpark.compareAndSet(false, true)) {
            ShutdownHookManager hooks = ShutdownHookManager.get();
            hooks.addShutdownHook(() -> exit.isForeign = !exit.isByCommand() && !isSignal(), BEFORE_SPARK);
            hooks.addShutdownHook(exit::replaceCode, AFTER_SPARK, 2 * PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Returns whether it is the command, with its code, that ends this process. */
    private boolean isByCommand() {
        return code.isDone() && commandIsIn("java.lang.ApplicationShutdownHooks");
    }

    private boolean commandIsIn(String type) {
        return Arrays.stream(command.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(type));
    }

    /** Returns whether a signal ends this process. The JVM handles each in a thread with its name. */
    private static boolean isSignal() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().matches("SIG\\w+ handler"));
    }

    private void replaceCode() {
        if (isForeign) {
            Runtime.getRuntime().halt(commandCode());
        }
    }

    /**
     * Lets the command say what Spark's end means, such as what was charged, since it notices the end. It
     * cannot if the exit happened in its own thread.
     */
    private int commandCode() {
        boolean ended = commandIsIn("java.lang.Shutdown");
        try {
            return ended && !code.isDone() ? stopped() : code.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return stopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return stopped();
        }
    }

    private int stopped() {
        return CommandFailure.of(new RunException("Cannot finish: Spark ended the program. Check memory, disk space and"
                        + " that its temporary folder can be written (spark.local.dir, SPARK_LOCAL_DIRS, else /tmp)."
                        + " What was charged is in the ledger (discreet ledger show)."))
                .print(err);
    }
}
