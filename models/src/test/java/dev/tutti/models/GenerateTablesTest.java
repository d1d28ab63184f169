package dev.tutti.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GenerateTablesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void writesATableWithoutProseAndAnIndex() throws IOException {
    Path sources = Files.createDirectory(folder.resolve("sources"));
    Files.writeString(sources.resolve("services.txt"), "# comment\n\nstates states-2016-11-23\n");

    GenerateTables.main(new String[] {sources.toString(), folder.resolve("out").toString()});

    JsonNode table = JSON.readTree(folder.resolve("out/states.json").toFile());
    assertThat(table.findValue("documentation")).isNull();
    assertThat(table.at("/shapes/StartExecutionInput/required/0").textValue())
        .isEqualTo("stateMachineArn");
    assertThat(table.at("/metadata/signingName").textValue()).isEqualTo("states");
    JsonNode index = JSON.readTree(folder.resolve("out/index.json").toFile());
    assertThat(index.at("/0/targetPrefix").textValue()).isEqualTo("AWSStepFunctions");
  }

  @Test
  void overlayMergesReplacesRemovesAndAppends() throws IOException {
    ObjectNode base =
        (ObjectNode) JSON.readTree("{'a':{'b':1,'c':[1]},'d':2,'e':3}".replace('\'', '"'));

    Overlay.lay(
        JSON.readTree("{'a':{'b':5,'+c':[2],'f':{'g':6}},'d':null}".replace('\'', '"')), base);

    assertThat(base)
        .isEqualTo(JSON.readTree("{'a':{'b':5,'c':[1,2],'f':{'g':6}},'e':3}".replace('\'', '"')));
  }

  @Test
  void removingWhatIsNotThereIsAMistake() throws IOException {
    ObjectNode base = JSON.createObjectNode();
    JsonNode overlay = JSON.readTree("{\"gone\":null}");

    assertThatThrownBy(() -> Overlay.lay(overlay, base)).hasMessageContaining("gone");
  }
}
