package org.mineral.app.serve.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.mineral.app.serve.http.api.ApiError;
import org.mineral.app.serve.http.api.Limits;

/** Limits the number of concurrent requests: a few more may wait, others are refused at once. */
final class ConcurrencyLimiter {

    private final Semaphore places;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Limits limits;

    ConcurrencyLimiter(Limits limits) {
        this.limits = limits;
        this.places = new Semaphore(limits.concurrent(), true);
    }

    /** @throws ApiError if too many requests are waiting */
    void enter() {
        if (places.tryAcquire()) {
            return;
        }
        if (waiting.incrementAndGet() > limits.waiting()) {
            waiting.decrementAndGet();
            throw new ApiError(503, "too many requests at once; try again in a second.");
        }
        try {
            if (!places.tryAcquire(limits.waitMillis(), TimeUnit.MILLISECONDS)) {
                throw new ApiError(503, "not started within " + limits.waitMillis() + " ms; try again in a second.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiError(503, "the server is stopping.");
        } finally {
            waiting.decrementAndGet();
        }
    }

    void leave() {
        places.release();
    }

    /** Number of requests that may be in progress. */
    int limit() {
        return limits.concurrent();
    }

    /** Number of requests in progress. */
    int inside() {
        return limits.concurrent() - places.availablePermits();
    }
}
