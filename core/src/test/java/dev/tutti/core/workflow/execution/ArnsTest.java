package dev.tutti.core.workflow.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArnsTest {
  private static final String MACHINE = "arn:aws:states:eu-west-1:111122223333:stateMachine:Orders";

  @Test
  void anExecutionNamesItsMachineAndItself() {
    String execution = Arns.execution(MACHINE, "one");

    assertThat(execution).isEqualTo("arn:aws:states:eu-west-1:111122223333:execution:Orders:one");
    assertThat(Arns.machineOf(execution)).isEqualTo(MACHINE);
    assertThat(Arns.executionName(execution)).isEqualTo("one");
    assertThat(Arns.region(execution)).isEqualTo("eu-west-1");
    assertThat(Arns.account(execution)).isEqualTo("111122223333");
  }

  @Test
  void anExpressExecutionHasAnIdAfterItsName() {
    String execution = Arns.express(MACHINE, "one", "id-1");

    assertThat(execution)
        .isEqualTo("arn:aws:states:eu-west-1:111122223333:express:Orders:one:id-1");
    assertThat(Arns.machineOf(execution)).isEqualTo(MACHINE);
    assertThat(Arns.executionName(execution)).isEqualTo("one");
  }

  @Test
  void aMapRunStandsUnderItsMachineAndLabel() {
    assertThat(Arns.mapRun(MACHINE, "Items", "r1"))
        .isEqualTo("arn:aws:states:eu-west-1:111122223333:mapRun:Orders/Items:r1");
  }

  @Test
  void aVersionOrAliasIsWhatFollowsTheMachine() {
    assertThat(Arns.unqualified(MACHINE)).isEqualTo(MACHINE);
    assertThat(Arns.qualifier(MACHINE)).isEmpty();
    assertThat(Arns.unqualified(MACHINE + ":7")).isEqualTo(MACHINE);
    assertThat(Arns.qualifier(MACHINE + ":7")).isEqualTo("7");
  }

  @Test
  void whatHasTooFewPartsIsRefused() {
    assertThatThrownBy(() -> Arns.account("arn:aws"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("arn:aws");
  }
}
