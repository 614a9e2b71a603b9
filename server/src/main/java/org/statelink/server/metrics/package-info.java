/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Metrics for Prometheus and health for load balancers and people, over HTTP. On the control loop.
 */
package org.statelink.server.metrics;
