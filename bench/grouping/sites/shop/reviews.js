export function render() {
  return 'reviews';
}
