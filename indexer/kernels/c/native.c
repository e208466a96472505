/* The inner loops of the engine, compiled: what numpy_twin.py does with NumPy, step for step and bit for bit.

   Every function takes arrays through the buffer protocol, writes into arrays it is given, and returns how much it
   wrote. Numbers that come from a file are checked before they are used as offsets: a damaged file gives a ValueError,
   never an out-of-bounds read. Sums and products are done in the order in which numpy_twin.py does them and without
   fused multiplication, so that scores are equal to the last bit. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAMAGED "the postings are damaged"

/* One idea a file, each for those below it. */
#include "arguments.h"
#include "terms.h"
#include "posting_lists.h"
#include "field_index.h"
#include "sets.h"
#include "positions.h"
#include "operand.h"
#include "match_positions.h"
#include "scores.h"
#include "facets.h"
#include "inversion.h"
#include "tokenizer.h"
#include "token_encoder.h"
#include "key_finder.h"

#define NAMED(name, function) {name, (PyCFunction)(void (*)(void))function, METH_FASTCALL, NULL}
#define FAST(function) NAMED(#function, function)

static PyMethodDef functions[] = {
    FAST(lower_bound), FAST(find_term),
    FAST(decode_postings), FAST(decode_positions), FAST(accumulate), FAST(drain_accumulator),
    /* `union` is a keyword of C. */
    NAMED("intersect", set_intersect), NAMED("union", set_union), NAMED("difference", set_difference),
    FAST(count_by_document), FAST(near_positions), FAST(match_positions),
    FAST(bm25), FAST(top_k), FAST(facet_counts), FAST(invert), FAST(pack_lists),
    {"set_rules", set_rules, METH_VARARGS, NULL},
    FAST(word_start), FAST(word_end),
    {"tokens", tokens, METH_O, NULL},
    {"keys", keys, METH_O, NULL},
    {NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_native", "The compiled inner loops.", -1, functions};

PyMODINIT_FUNC PyInit__native(void) {
    if (PyType_Ready(&TokenEncoderType) || PyType_Ready(&KeyFinderType) || PyType_Ready(&FieldIndexType)) return NULL;
    PyObject *module = PyModule_Create(&definition);
    if (module && (PyModule_AddObjectRef(module, "TokenEncoder", (PyObject *)&TokenEncoderType)
                   || PyModule_AddObjectRef(module, "KeyFinder", (PyObject *)&KeyFinderType)
                   || PyModule_AddObjectRef(module, "ArrayFieldIndex", (PyObject *)&FieldIndexType)))
        Py_CLEAR(module);
    return module;
}
