// Nobody ever wrote the handler of this button.
export function noticeButton() {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet';
  button.textContent = 'Notify me';
  return button;
}
