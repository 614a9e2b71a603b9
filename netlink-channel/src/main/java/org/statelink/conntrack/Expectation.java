/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

/**
 * A flow that a helper announced, as the kernel or a peer tells it: what it will look like, which of that counts, and
 * the flow whose helper announced it.
 *
 * <p>Mutable and reused as a {@link Conntrack} is. A value set through one of the parts ({@link #helper()},
 * {@link #nat()}, …) counts only once {@link #mark(ExpectationField)} has been told of it. Source:
 * {@code CTA_EXPECT_*} in {@code linux/netfilter/nfnetlink_conntrack.h}.
 */
public final class Expectation implements ConntrackEntry {
    /** {@code NF_CT_EXPECT_PERMANENT}: the first flow that matches does not end it. */
    public static final int PERMANENT = 0x1;
    /** {@code NF_CT_EXPECT_INACTIVE}: no flow matches it yet. */
    public static final int INACTIVE = 0x2;
    /** {@code NF_CT_EXPECT_USERSPACE}: a program announced it. */
    public static final int USERSPACE = 0x4;

    private final Tuple expected = new Tuple();
    private final Tuple mask = new Tuple();
    private final Tuple master = new Tuple();
    private final Tuple nat = new Tuple();
    private final KernelName helper = new KernelName(KernelName.HELPER_LENGTH);
    private final KernelName function = new KernelName(KernelName.FUNCTION_LENGTH);
    private int present;
    private int timeout;
    private int id;
    private int zone;
    private int flags;
    private int policyClass;
    private int natDirection;

    /** Forgets everything. */
    public void clear() {
        expected.clear();
        mask.clear();
        master.clear();
        nat.clear();
        present = 0;
    }

    /** Takes everything of another expectation. */
    public void set(Expectation other) {
        clear();
        expected.set(other.expected);
        mask.set(other.mask);
        master.set(other.master);
        merge(other);
    }

    /** Takes what the other one knows over what was known before, the three tuples that make it the one it is apart. */
    public void merge(Expectation other) {
        timeout = other.has(ExpectationField.TIMEOUT) ? other.timeout : timeout;
        id = other.has(ExpectationField.ID) ? other.id : id;
        zone = other.has(ExpectationField.ZONE) ? other.zone : zone;
        flags = other.has(ExpectationField.FLAGS) ? other.flags : flags;
        policyClass = other.has(ExpectationField.CLASS) ? other.policyClass : policyClass;
        natDirection = other.has(ExpectationField.NAT_DIRECTION) ? other.natDirection : natDirection;
        if (other.has(ExpectationField.NAT)) {
            nat.set(other.nat);
        }
        if (other.has(ExpectationField.HELPER)) {
            helper.set(other.helper);
        }
        if (other.has(ExpectationField.FUNCTION)) {
            function.set(other.function);
        }
        present |= other.present;
    }

    @Override
    public int family() {
        return expected.family();
    }

    @Override
    public boolean isSet() {
        return expected.isSet() && master.isSet();
    }

    /** Whether the field is known. */
    public boolean has(ExpectationField field) {
        return (present & field.bit()) != 0;
    }

    /** Says that the field is known, after its part was filled. */
    public void mark(ExpectationField field) {
        present |= field.bit();
    }

    /** Forgets one field. */
    public void forget(ExpectationField field) {
        present &= ~field.bit();
    }

    /** What the expected flow's original direction will be. */
    public Tuple expected() {
        return expected;
    }

    /** Which bits of {@link #expected()} count; its protocol is the expected one. */
    public Tuple mask() {
        return mask;
    }

    /** Original tuple of the flow whose helper announced it. */
    public Tuple master() {
        return master;
    }

    /** What the expected flow's translation starts from; counts where {@link ExpectationField#NAT} is known. */
    public Tuple nat() {
        return nat;
    }

    /** Name of the master's helper. */
    public KernelName helper() {
        return helper;
    }

    /** Name of the kernel's function that sets up the expected flow, {@code nat-follow-master} for one. */
    public KernelName function() {
        return function;
    }

    /** Sets the seconds left, and that they are known. */
    public void setTimeout(int seconds) {
        timeout = seconds;
        mark(ExpectationField.TIMEOUT);
    }

    /** Sets the kernel's identifier, and that it is known. */
    public void setId(int id) {
        this.id = id;
        mark(ExpectationField.ID);
    }

    /** Sets the zone, and that it is known. */
    public void setZone(int zone) {
        this.zone = zone;
        mark(ExpectationField.ZONE);
    }

    /** Sets the flags, and that they are known. */
    public void setFlags(int flags) {
        this.flags = flags;
        mark(ExpectationField.FLAGS);
    }

    /** Sets the number of the helper's policy, and that it is known. */
    public void setPolicyClass(int policyClass) {
        this.policyClass = policyClass;
        mark(ExpectationField.CLASS);
    }

    /** Sets the master's direction whose translation the expected flow gets, 0 or 1, and that it is known. */
    public void setNatDirection(int direction) {
        natDirection = direction;
        mark(ExpectationField.NAT_DIRECTION);
    }

    /** Seconds left, as last told; 0 where not known. */
    public int timeout() {
        return has(ExpectationField.TIMEOUT) ? timeout : 0;
    }

    /** Kernel's identifier; 0 where not known. */
    public int id() {
        return has(ExpectationField.ID) ? id : 0;
    }

    /** Zone; 0 where not known. */
    public int zone() {
        return has(ExpectationField.ZONE) ? zone : 0;
    }

    /** {@link #PERMANENT}, {@link #INACTIVE}, {@link #USERSPACE}; 0 where not known. */
    public int flags() {
        return has(ExpectationField.FLAGS) ? flags : 0;
    }

    /** Number of the helper's policy; 0 where not known. */
    public int policyClass() {
        return has(ExpectationField.CLASS) ? policyClass : 0;
    }

    /** Master's direction whose translation the expected flow gets; 0 where not known. */
    public int natDirection() {
        return has(ExpectationField.NAT_DIRECTION) ? natDirection : 0;
    }
}
