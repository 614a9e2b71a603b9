/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

/** How bad a {@link Diagnostic} is. */
public enum Severity {
    /** The configuration cannot be used. */
    ERROR,
    /** Something is ignored, or will not work as its writer may think. */
    WARNING
}
