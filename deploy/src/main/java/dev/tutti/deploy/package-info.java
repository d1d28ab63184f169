/**
 * Turns a folder of unmodified SAM and CloudFormation templates into operations: {@link
 * dev.tutti.deploy.Folder} reads it, {@link dev.tutti.deploy.Planner} evaluates and checks all of
 * it without changing anything, {@link dev.tutti.deploy.Deployer} makes it so through the one door.
 */
@NullMarked
package dev.tutti.deploy;

import org.jspecify.annotations.NullMarked;
