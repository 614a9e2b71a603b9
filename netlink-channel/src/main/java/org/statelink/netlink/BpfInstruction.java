/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink;

/**
 * One instruction of a classic BPF program: {@code struct sock_filter} of {@code linux/filter.h}.
 *
 * @param code the operation, unsigned 16 bits
 * @param jumpTrue instructions to skip if a comparison holds, unsigned 8 bits
 * @param jumpFalse instructions to skip if it does not, unsigned 8 bits
 * @param k the operand, unsigned 32 bits
 */
public record BpfInstruction(int code, int jumpTrue, int jumpFalse, int k) {
    /** {@code BPF_MAXINSNS}: the longest program that the kernel takes. */
    public static final int MAX_INSTRUCTIONS = 4096;

    /** An instruction without jumps. */
    public static BpfInstruction statement(int code, int k) {
        return new BpfInstruction(code, 0, 0, k);
    }
}
