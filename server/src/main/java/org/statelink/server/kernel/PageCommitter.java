/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.statelink.conntrack.ConntrackEntry;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.conntrack.netlink.ConntrackRequest;
import org.statelink.conntrack.netlink.ResultListener;
import org.statelink.netlink.codec.Errno;
import org.statelink.server.kernel.CommitPage.Outcome;

/**
 * Writes pages of entries into the kernel, many requests per send. On the kernel loop.
 *
 * <p>A page is gone through up to five times: every entry is created; one that exists is updated, or, where an update
 * cannot change what matters (translation, helper, master), deleted and created again; so is one whose update was
 * refused. What the kernel does not understand is created without what may be left out. All others go on whatever
 * becomes of one. Pages are written one after the other.
 */
public final class PageCommitter<E extends ConntrackEntry> implements ResultListener {
    /** What each entry of the page awaits, in the order in which it is done. */
    private enum Step { CREATE, UPDATE, DELETE, REPLACE, REDUCE, END }

    private static final Step[] STEPS = Step.values();

    private final ConntrackClient client;
    private final E entry;
    private final ArrayDeque<Job<E>> jobs = new ArrayDeque<>();
    private volatile CommitRules<E> rules;
    private Step[] steps = new Step[0];
    private Step step = Step.END;
    private CommitPage<E> page;
    private CommitFailures failures;
    private Runnable whenDone;
    private int outstanding;
    private int waiting;
    private int next;

    private record Job<E extends ConntrackEntry>(CommitPage<E> page, CommitFailures failures, Runnable whenDone) {
    }

    /** A committer that has the client's answers to itself, and decodes into {@code scratch}. */
    public PageCommitter(ConntrackClient client, CommitRules<E> rules, E scratch) {
        this.client = client;
        this.rules = rules;
        entry = scratch;
        client.onResult(this);
    }

    /** How entries are committed from now on, by a commit under way too. Any thread. */
    public void setRules(CommitRules<E> newRules) {
        rules = newRules;
    }

    /** How entries are committed. Any thread. */
    CommitRules<E> rules() {
        return rules;
    }

    /**
     * Commits a page after those before it. It is the committer's until {@code afterwards} runs, on the kernel loop.
     * Any thread.
     */
    void commit(CommitPage<E> toCommit, CommitFailures whatFailed, Runnable afterwards) {
        client.channel().eventLoop().execute(() -> take(new Job<>(toCommit, whatFailed, afterwards)));
    }

    private void take(Job<E> job) {
        jobs.add(job);
        if (step == Step.END) {
            nextPage();
        }
    }

    private void nextPage() {
        Job<E> job = jobs.poll();
        if (job == null) {
            return;
        }
        page = job.page;
        failures = job.failures;
        whenDone = job.whenDone;
        int size = page.size();
        if (size > steps.length) {
            steps = new Step[size];
        }
        Arrays.fill(steps, 0, size, Step.CREATE);
        begin(Step.CREATE);
    }

    private void begin(Step newStep) {
        step = newStep;
        if (step == Step.END) {
            whenDone.run();
            nextPage();
            return;
        }
        page.rewind();
        next = 0;
        waiting = count(step);
        submit();
    }

    private int count(Step wanted) {
        int count = 0;
        for (int i = 0; i < page.size(); i++) {
            count += steps[i] == wanted ? 1 : 0;
        }
        return count;
    }

    private void submit() {
        while (waiting > 0 && client.isWritable() && next < page.size()) {
            submit(next++);
        }
        client.flushRequests();
        if (waiting == 0 && outstanding == 0) {
            begin(STEPS[step.ordinal() + 1]);
        }
    }

    private void submit(int index) {
        if (step == Step.CREATE) {
            int start = page.requestStart(index);
            client.submit(page.requests(), start, page.requestEnd(index) - start, index);
        } else {
            page.next(entry);
            if (steps[index] != step) {
                return;
            }
            if (step == Step.REDUCE) {
                rules.reduce(entry);
            }
            client.submit(request(step), entry, index);
        }
        waiting--;
        outstanding++;
    }

    private static ConntrackRequest request(Step step) {
        return switch (step) {
            case UPDATE -> ConntrackRequest.UPDATE;
            case DELETE -> ConntrackRequest.DELETE;
            default -> ConntrackRequest.CREATE;
        };
    }

    @Override
    public void onResult(int token, int errno, String message) {
        steps[token] = next(token, errno, message);
        outstanding--;
        if (outstanding == 0) {
            submit();
        }
    }

    private Step next(int index, int errno, String message) {
        return switch (step) {
            case CREATE -> errno == Errno.EEXIST ? existing(index) : created(index, errno, message, Outcome.CREATED);
            case UPDATE -> errno == 0 ? end(index, 0, message, Outcome.CHANGED) : Step.DELETE;
            case DELETE -> errno == 0 || errno == Errno.ENOENT ? deleted(index)
                : end(index, errno, message, Outcome.REFUSED);
            case REPLACE -> created(index, errno, message, Outcome.REPLACED);
            default -> end(index, errno, message, page.outcome(index) == Outcome.LOST ? Outcome.REPLACED
                : Outcome.CREATED);
        };
    }

    private Step existing(int index) {
        return page.replaces(index) ? Step.DELETE : Step.UPDATE;
    }

    private Step deleted(int index) {
        page.setOutcome(index, Outcome.LOST);
        return Step.REPLACE;
    }

    private Step created(int index, int errno, String message, Outcome outcome) {
        boolean notUnderstood = errno == Errno.EINVAL || errno == Errno.EOPNOTSUPP;
        return notUnderstood && rules.canReduce() ? Step.REDUCE : end(index, errno, message, outcome);
    }

    private Step end(int index, int errno, String message, Outcome outcome) {
        if (errno == 0) {
            page.setOutcome(index, outcome);
        } else {
            failures.add(errno, message);
        }
        return Step.END;
    }
}
