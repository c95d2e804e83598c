"""What ``opendata validate`` says of datasets with mistakes in them."""
