// As long as what is worth compressing: the same letters again and again and again and again.
export const name = "größer";
