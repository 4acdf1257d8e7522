package discreet.ledger;

import discreet.InputException;
import discreet.Remedy;
import discreet.privacy.Budget;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps a ledger in a database, SQLite or PostgreSQL. */
final class SqlLedger implements Ledger {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private final Database database;
    private final ProtocolListener listener;

    /** One store for each place. A store keeps what it has opened until the ledger is closed. */
    private final Map<URI, Store> stores = new ConcurrentHashMap<>();

    SqlLedger(Dialect dialect, ProtocolListener listener) {
        this.database = new Database(dialect);
        this.listener = listener;
    }

    @Override
    public Population openPopulation(String name, Budget cap, @Nullable URI store) {
        if (!NAME.matcher(name).matches()) {
            throw new InputException(
                    "Cannot open a population: its name must match " + NAME + ". Provided value: " + name);
        }
        Store folder = storeOf(name, store);
        return database.create(connection -> {
            PopulationTransaction existing = PopulationTransaction.lock(connection, database.dialect(), name);
            if (existing != null) {
                throw new InputException("Cannot open population '" + name + "': it was opened before, with epsilon "
                        + Population.figure(existing.terms().cap().epsilon())
                        + ". Budgets never reset. Use it, or open a population of other users under another name.");
            }
            refuseSharedStore(connection, folder);
            if (store == null) {
                StoreMark.clearInterrupted(folder);
            }
            folder.create();
            // Before the commit, because a store without a mark is taken for one that was emptied.
            PopulationTransaction.open(connection, name, cap, store == null ? null : folder.uri())
                    .writeTo(folder);
            return new Population(database, listener, name, cap, folder);
        });
    }

    private Store storeOf(String name, @Nullable URI named) {
        URI store = named == null ? database.dialect().defaultStore(name) : named;
        if (store == null) {
            throw new InputException(
                    "Cannot open population '" + name + "': this ledger has no folder beside it for the sealed"
                            + " releases. Name one with `store`: a URI that every machine that trains on these"
                            + " people reaches.");
        }
        Store at = Store.at(store);
        Store known = stores.putIfAbsent(at.uri(), at);
        return known == null ? at : known;
    }

    private void refuseSharedStore(Connection connection, Store store) throws SQLException {
        for (Population other : all(connection)) {
            if (other.store().uri().equals(store.uri())) {
                throw new InputException("Cannot use " + store.uri() + " as a store: population '" + other.name()
                        + "' uses it. Name another folder.");
            }
        }
    }

    @Override
    public Population population(String name) {
        return database.read(Optional::<Population>empty, connection -> find(connection, name))
                .orElseThrow(() -> unknown(name));
    }

    static InputException unknown(String name) {
        return new InputException(
                "Cannot find population '" + name + "' in this ledger. Name another `ledger`, or open the population.",
                Remedy.openPopulation(name));
    }

    @Override
    public List<Population> populations() {
        return database.read(List::of, this::all);
    }

    private List<Population> all(Connection connection) throws SQLException {
        List<Population> populations = new ArrayList<>();
        for (String name : PopulationTransaction.names(connection)) {
            find(connection, name).ifPresent(populations::add);
        }
        return List.copyOf(populations);
    }

    private Optional<Population> find(Connection connection, String name) throws SQLException {
        PopulationTransaction transaction = PopulationTransaction.view(connection, name, new ChainWalk(name));
        if (transaction == null) {
            return Optional.empty();
        }
        PopulationTransaction.Terms terms = transaction.terms();
        if (terms.store() == null && database.dialect().defaultStore(name) == null) {
            throw new InputException("Cannot use population '" + name + "': it was opened with a store beside a SQLite"
                    + " file, and this ledger is not one. Use it from that file.");
        }
        return Optional.of(new Population(database, listener, name, terms.cap(), storeOf(name, terms.store())));
    }

    @Override
    public void close() {
        stores.values().forEach(Store::close);
        database.close();
    }
}
