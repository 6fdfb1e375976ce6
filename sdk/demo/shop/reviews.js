const TEXTS = ['“As fresh as a spring morning.”', '“The kettle pours without a drop.”'];

export function reviews() {
  return TEXTS.map((text) => {
    const item = document.createElement('li');
    item.textContent = text;
    return item;
  });
}
