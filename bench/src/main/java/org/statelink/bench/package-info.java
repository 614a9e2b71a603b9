/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Benchmarks (JMH) and measurements side by side with the C programs.
 */
package org.statelink.bench;
