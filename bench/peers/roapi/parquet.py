"""Writes the table as Parquet: ``parquet.py SQLITE PARQUET``."""

import sqlite3
import sys

import pyarrow as pa
import pyarrow.parquet as pq

source, target = sys.argv[1:]
cursor = sqlite3.connect(source).execute("SELECT * FROM records ORDER BY rowid")
names = [column[0] for column in cursor.description]
types = {"value": pa.float64()} | dict.fromkeys(
    ("source_paragraph", "source_start", "source_end"), pa.int64()
)
schema = pa.schema([(name, types.get(name, pa.string())) for name in names])
with pq.ParquetWriter(target, schema) as writer:
    while rows := cursor.fetchmany(50_000):
        columns = dict(zip(names, zip(*rows, strict=True), strict=True))
        writer.write_table(pa.table({n: list(columns[n]) for n in names}, schema=schema))
