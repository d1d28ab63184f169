package dev.tutti.gallery.imaging;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A kin of Heckbert's median cut (1982): all pixels lie in one box of red, green and blue; the box
 * that weighs most (longest side times pixels) is cut across that side at its mean, until there are
 * as many boxes as wanted. A box's colour is the mean of its pixels. Nothing is random: the same
 * picture has the same palette.
 */
final class Palette {
  private static final int[] CHANNELS = {16, 8, 0};

  private Palette() {}

  /** Returns at most {@code size} colours as 0xRRGGBB, those of most pixels first. */
  static List<Integer> of(BufferedImage image, int size) {
    int width = image.getWidth();
    int height = image.getHeight();
    List<Box> boxes = new ArrayList<>();
    boxes.add(Box.around(image.getRGB(0, 0, width, height, null, 0, width)));
    while (boxes.size() < size) {
      Box heaviest = boxes.stream().max(Comparator.comparingLong(Box::weight)).orElseThrow();
      if (heaviest.weight() == 0) {
        break;
      }
      boxes.remove(heaviest);
      boxes.addAll(heaviest.halves());
    }
    return boxes.stream()
        .sorted(Comparator.comparingInt((Box box) -> -box.pixels.length))
        .map(Box::colour)
        .distinct()
        .toList();
  }

  /** Some pixels, and the channel (as a shift) in which they differ most, by {@code length}. */
  private static final class Box {
    private final int[] pixels;
    private final int channel;
    private final int length;

    private Box(int[] pixels, int channel, int length) {
      this.pixels = pixels;
      this.channel = channel;
      this.length = length;
    }

    static Box around(int[] pixels) {
      int channel = 0;
      int length = -1;
      for (int candidate : CHANNELS) {
        int low = Arrays.stream(pixels).map(pixel -> level(pixel, candidate)).min().orElseThrow();
        int high = Arrays.stream(pixels).map(pixel -> level(pixel, candidate)).max().orElseThrow();
        if (high - low > length) {
          channel = candidate;
          length = high - low;
        }
      }
      return new Box(pixels, channel, length);
    }

    /** Zero for a box of one colour, which can't be cut. */
    long weight() {
      return (long) length * pixels.length;
    }

    List<Box> halves() {
      double mean = mean(channel);
      return List.of(
          around(Arrays.stream(pixels).filter(pixel -> level(pixel, channel) < mean).toArray()),
          around(Arrays.stream(pixels).filter(pixel -> level(pixel, channel) >= mean).toArray()));
    }

    int colour() {
      int colour = 0;
      for (int shift : CHANNELS) {
        colour |= (int) Math.round(mean(shift)) << shift;
      }
      return colour;
    }

    private double mean(int shift) {
      return Arrays.stream(pixels).map(pixel -> level(pixel, shift)).average().orElseThrow();
    }

    private static int level(int pixel, int shift) {
      return pixel >> shift & 0xff;
    }
  }
}
