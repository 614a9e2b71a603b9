/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.conntrack.Tuple;

/**
 * Makes of an expectation that a peer told what the kernel is asked to create.
 *
 * <p>Source: docs of conntrackd's modes, section 8.3. Better than there, class, translation and function go along:
 * without them a translated transfer would not be translated, and a helper's classes would push each other out.
 */
public final class ExpectationPreparation implements CommitRules<Expectation> {
    private final int commitTimeoutSeconds;

    /** The timeout that every expectation gets; 0 for what is left of its own. The kernel may know better. */
    public ExpectationPreparation(int commitTimeoutSeconds) {
        this.commitTimeoutSeconds = commitTimeoutSeconds;
    }

    @Override
    public void prepare(Expectation expectation, int ageSeconds) {
        expectation.setTimeout(RemainingTime.of(commitTimeoutSeconds, expectation.has(ExpectationField.TIMEOUT),
            expectation.timeout(), ageSeconds));
        expectation.forget(ExpectationField.ID);
        completeNat(expectation);
    }

    /** Addresses of IPv6 do not travel; those that helpers set are nearly always zero. */
    private static void completeNat(Expectation expectation) {
        Tuple nat = expectation.nat();
        if (expectation.has(ExpectationField.NAT) && !nat.isSet()) {
            if (expectation.family() == Tuple.IPV4) {
                nat.setIpv4(0, 0);
            } else {
                nat.setIpv6Source(0, 0);
            }
        }
    }

    @Override
    public boolean replaces(Expectation expectation) {
        return true;
    }

    @Override
    public boolean canReduce() {
        return true;
    }

    /** Leaves what conntrackd would send. */
    @Override
    public void reduce(Expectation expectation) {
        expectation.forget(ExpectationField.CLASS);
        expectation.forget(ExpectationField.NAT);
        expectation.forget(ExpectationField.FUNCTION);
    }
}
