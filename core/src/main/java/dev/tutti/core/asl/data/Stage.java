package dev.tutti.core.asl.data;

/** A step that data takes through a state, as TestState's inspection tells of it. */
public enum Stage {
  AFTER_INPUT_PATH("afterInputPath"),
  AFTER_PARAMETERS("afterParameters"),
  AFTER_ARGUMENTS("afterArguments"),
  AFTER_ITEMS_PATH("afterItemsPath"),
  AFTER_ITEM_SELECTOR("afterItemSelector"),
  RESULT("result"),
  AFTER_RESULT_SELECTOR("afterResultSelector"),
  AFTER_RESULT_PATH("afterResultPath"),
  MAX_CONCURRENCY("maxConcurrency"),
  TOLERATED_FAILURE_COUNT("toleratedFailureCount"),
  TOLERATED_FAILURE_PERCENTAGE("toleratedFailurePercentage");

  private final String member;

  Stage(String member) {
    this.member = member;
  }

  /** The member of InspectionData. */
  public String member() {
    return member;
  }
}
