"""What is indexed: sentences of real releases, and a corpus of any size made of them."""
