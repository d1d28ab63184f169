// Words a post about a picture that was hung. Pure: the same picture has the same post.
export async function handler({ picture, shape }) {
  const where = picture.place.country ? ` near ${picture.place.name}, ${picture.place.country}` : "";
  const [colour] = picture.colours;
  return {
    headline: `New in the gallery: ${title(picture)}`,
    text: `${shape === "panorama" ? "A wide view" : "A view"}${where}, mostly ${colour}.`,
    image: picture.thumbnail,
  };
}

// "harbour at dusk" for pictures that bring no title of their own.
function title({ title, key }) {
  return title ?? key.replace(/^.*\//, "").replace(/\.\w+$/, "").replaceAll("-", " ");
}
