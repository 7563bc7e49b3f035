/** A count that whoever asks the server reads: raised, everything that is shown is asked for again. */
class Epoch {
  now = $state(0);
}

export const epoch = new Epoch();
