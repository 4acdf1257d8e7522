package discreet.spark.ratings;

import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Passes ratings on, and shows each to an observer. */
final class ObservedCursor implements RatingCursor {
    private final RatingCursor cursor;
    private final RatingObserver.Task observer;
    private @Nullable UTF8String user;
    private int item;
    private double rating;
    private long time;
    private boolean isSameUser;
    private boolean hasUser;

    ObservedCursor(RatingCursor cursor, RatingObserver observer) {
        this.cursor = cursor;
        this.observer = observer.start();
    }

    @Override
    public boolean next() {
        if (!cursor.next()) {
            observer.end();
            return false;
        }
        isSameUser = cursor.isSameUser();
        user = cursor.user();
        hasUser = isSameUser ? hasUser : user != null && RowPacker.isUsable(user);
        item = cursor.item();
        rating = cursor.rating();
        time = cursor.time();
        observer.see(hasUser, item, item == Histories.ABSENT ? id() : null, rating, time);
        return true;
    }

    private @Nullable String id() {
        UTF8String id = cursor.itemId();
        return id != null && RowPacker.isUsable(id) ? id.toString() : null;
    }

    @Override
    public @Nullable UTF8String user() {
        return user;
    }

    @Override
    public boolean isSameUser() {
        return isSameUser;
    }

    @Override
    public int item() {
        return item;
    }

    @Override
    public @Nullable UTF8String itemId() {
        return cursor.itemId();
    }

    @Override
    public double rating() {
        return rating;
    }

    @Override
    public long time() {
        return time;
    }
}
