package dev.tutti.services.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VaultTest {
  @TempDir private Path folder;

  @Test
  void theSameFolderOpensWhatItSealed() throws IOException {
    String sealed = Vault.open(folder).seal("geheim", "a");

    assertThat(sealed).doesNotContain("geheim");
    assertThat(Vault.open(folder).open(sealed, "a")).isEqualTo("geheim");
    assertThat(Vault.open(folder).seal("geheim", "a")).isNotEqualTo(sealed);
  }

  @Test
  void onlyTheOwnerMayReadTheKey() throws IOException {
    var _ = Vault.open(folder);

    assertThat(Files.getPosixFilePermissions(folder.resolve("key")))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }

  @Test
  void nothingIsOpenedUnderAnotherNameOrKeyOrWhenItWasChanged() {
    Vault vault = Vault.inMemory();
    String sealed = vault.seal("geheim", "a");
    char last = sealed.charAt(sealed.length() - 5);
    String changed =
        sealed.substring(0, sealed.length() - 5)
            + (last == 'A' ? 'B' : 'A')
            + sealed.substring(sealed.length() - 4);

    assertThatThrownBy(() -> vault.open(sealed, "b")).isInstanceOf(Vault.Unopened.class);
    assertThatThrownBy(() -> vault.open(changed, "a")).isInstanceOf(Vault.Unopened.class);
    assertThatThrownBy(() -> vault.open("v1.AAAA", "a")).isInstanceOf(Vault.Unopened.class);
    assertThatThrownBy(() -> vault.open("other", "a")).isInstanceOf(Vault.Unopened.class);
    assertThatThrownBy(() -> Vault.inMemory().open(sealed, "a")).isInstanceOf(Vault.Unopened.class);
  }

  @Test
  void aDigestIsTheSameForTheSameTextOfTheSameThingUnderTheSameKey() throws IOException {
    String digest = Vault.open(folder).digest("geheim", "a");

    assertThat(digest).doesNotContain("geheim");
    assertThat(Vault.open(folder).digest("geheim", "a")).isEqualTo(digest);
    assertThat(Vault.open(folder).digest("geheim", "b")).isNotEqualTo(digest);
    assertThat(Vault.open(folder).digest("heim", "age")).isNotEqualTo(digest);
    assertThat(Vault.inMemory().digest("geheim", "a")).isNotEqualTo(digest);
  }

  @Test
  void aKeyOfAnotherLengthIsRefused() throws IOException {
    Files.write(folder.resolve("key"), new byte[7]);

    assertThatThrownBy(() -> Vault.open(folder)).isInstanceOf(IOException.class);
  }
}
