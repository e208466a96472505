/* The inner loops of the engine, compiled: what plain.py does with NumPy, step for step and bit for bit.

   Every function takes arrays through the buffer protocol, writes into arrays it is given, and answers how much it
   wrote. Numbers that come from a file are checked before they are used as places in memory: a damaged file gives a
   ValueError, never a wild read. Sums and products are done in the order in which plain.py does them and without
   fused multiplication, so that scores are equal to the last bit. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define DAMAGED "the postings are damaged"

/* One idea a file, each for those below it. */
#include "arguments.h"
#include "terms.h"
#include "lists.h"
#include "field.h"
#include "sets.h"
#include "places.h"
#include "standing.h"
#include "scores.h"
#include "facets.h"
#include "building.h"
#include "tokens.h"
#include "numbered.h"

#define FAST(name) {#name, (PyCFunction)(void (*)(void))name, METH_FASTCALL, NULL}

static PyMethodDef functions[] = {
    FAST(at_or_after), FAST(term_number), FAST(documents), FAST(places_in), FAST(gather), FAST(harvest), FAST(both), FAST(either),
    FAST(without), FAST(counted), FAST(partnered), FAST(standing), FAST(bm25), FAST(best), FAST(tally),
    FAST(inverted), FAST(packed),
    {"rules", rules, METH_VARARGS, NULL},
    {"tokens", tokens, METH_O, NULL},
    {"keys", keys, METH_O, NULL},
    {NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_native", "The compiled inner loops.", -1, functions};

PyMODINIT_FUNC PyInit__native(void) {
    if (PyType_Ready(&NumberedType) || PyType_Ready(&FieldType)) return NULL;
    PyObject *module = PyModule_Create(&definition);
    if (module && (PyModule_AddObjectRef(module, "Numbered", (PyObject *)&NumberedType)
                   || PyModule_AddObjectRef(module, "Field", (PyObject *)&FieldType)))
        Py_CLEAR(module);
    return module;
}
