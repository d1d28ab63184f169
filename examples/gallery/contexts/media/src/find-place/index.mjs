// Names the town that is nearest to where a picture was taken. A picture that doesn't say where
// is no failure of this function: it raises NoPosition, and whoever asked decides what to do.
class NoPosition extends Error {
  name = "NoPosition";
}

const TOWNS = [
  ["Bergen", "Norway", 60.393, 5.324],
  ["Cape Town", "South Africa", -33.925, 18.424],
  ["Kyoto", "Japan", 35.012, 135.768],
  ["Lisbon", "Portugal", 38.722, -9.139],
  ["Quito", "Ecuador", -0.22, -78.512],
  ["Reykjavík", "Iceland", 64.147, -21.943],
  ["Vancouver", "Canada", 49.283, -123.121],
  ["Wellington", "New Zealand", -41.287, 174.776],
];

export async function handler({ key, position }) {
  if (!position) {
    throw new NoPosition(`${key} doesn't say where it was taken`);
  }
  const { latitude, longitude } = position;
  const [nearest] = TOWNS.map(([name, country, lat, lon]) => ({
    name,
    country,
    kilometres: Math.round(distance(latitude, longitude, lat, lon)),
  })).sort((a, b) => a.kilometres - b.kilometres);
  return { ...nearest, latitude, longitude };
}

// Kilometres along the great circle (the haversine formula).
function distance(lat1, lon1, lat2, lon2) {
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const north = Math.sin(radians(lat2 - lat1) / 2) ** 2;
  const east = Math.sin(radians(lon2 - lon1) / 2) ** 2;
  const h = north + Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * east;
  return 2 * 6371 * Math.asin(Math.sqrt(h));
}
