/* The inner loops of reading, compiled: what plain.py does with patterns, sign for sign.

   A text is read where it lies and never beyond its end: `sign` answers NONE there, which is of no class. What is
   looked back or ahead at is bounded, so that no text takes more time than its length. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* One idea a file, each for those below it. */
#include "signs.h"
#include "arguments.h"
#include "cleaning.h"
#include "counting.h"
#include "spaces.h"
#include "lines.h"
#include "stretches.h"
#include "runs.h"

#define FAST(name) {#name, (PyCFunction)(void (*)(void))name, METH_FASTCALL, NULL}

static PyMethodDef functions[] = {
    FAST(count), FAST(lines), FAST(stretches),
    {"is_plain", is_plain, METH_O, NULL},
    {"runs", runs, METH_VARARGS, NULL},
    {"spaced", spaced, METH_O, NULL},
    {NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_native", "The inner loops of reading.", -1, functions};

PyMODINIT_FUNC PyInit__native(void) {
    for (Py_UCS4 c = 0; c < 256; c++) first_signs[c] = (unsigned char)looked_up(c);
    return PyModule_Create(&definition);
}
