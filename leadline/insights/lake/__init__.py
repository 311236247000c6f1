"""The warehouse outside: as Parquet files (the lake), and Apache Spark that answers from them."""
