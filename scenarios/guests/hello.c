// One line on standard output: the start-up guest.
#include "output.h"

int main(void) { return write_text("Hello from the guest\n") == 0 ? 0 : 1; }
