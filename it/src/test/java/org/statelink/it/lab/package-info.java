/* SPDX-License-Identifier: Apache-2.0 */
/** The laboratory: nodes, kernels, daemons and faults, so that a test can be read as a story. */
package org.statelink.it.lab;
