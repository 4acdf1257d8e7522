package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.BudgetException;
import discreet.privacy.PrivacyCost;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A failure of a connection after its transaction is over changes nothing. */
class DatabaseTest {

    @TempDir
    private Path folder;

    /** Does everything that a dialect does, on connections that fail when they are closed or reset. */
    private static Dialect failingOnClose(Dialect dialect) {
        return (Dialect) Proxy.newProxyInstance(
                DatabaseTest.class.getClassLoader(), new Class<?>[] {Dialect.class}, (proxy, method, arguments) -> {
                    try {
                        if (method.getName().equals("connect")) {
                            return failingOnClose((Connection) method.invoke(dialect, arguments));
                        }
                        return method.invoke(dialect, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Connection failingOnClose(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                DatabaseTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(connection, arguments);
                        if (method.getName().equals("close")
                                || (method.getName().equals("setAutoCommit") && arguments[0].equals(true))) {
                            throw new SQLException("the network is gone", "08006");
                        }
                        return Set.of("hashCode", "equals").contains(method.getName())
                                ? (method.getName().equals("equals")
                                        ? (Object) (arguments[0] == proxy)
                                        : (Object) System.identityHashCode(proxy))
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void write_connectionThatCannotBeClosed_isReportedAsCommitted(TestDatabase database) {
        TestLedger test = database.in(folder, 1);
        ReleasePlan plan = TestLedger.plan("r", 1);
        Population population =
                new SqlLedger(failingOnClose(test.dialect()), ProtocolListener.NONE).population(TestLedger.POPULATION);

        TestLedger.releaseAll(population.reserve(plan));

        assertThat(test.population().status().charged()).isEqualTo(plan.price()).isNotEqualTo(PrivacyCost.NOTHING);
        assertThat(test.population().verify()).isEqualTo(Verification.intact(10));
        assertThatThrownBy(() -> population.reserve(TestLedger.plan("s", 1)))
                .as("what was wrong, not what was wrong with closing")
                .isInstanceOf(BudgetException.class);
    }
}
